"""What makes a document look private; whether it goes on the closed shelf is decided over the whole corpus."""
