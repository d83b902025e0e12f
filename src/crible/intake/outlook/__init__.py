"""Items of Outlook (mails, appointments, contacts …) put back together as messages, whichever container held them."""
