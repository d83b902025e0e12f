"""What a financial paper says of itself: amounts, dates, numbers, parties, accounts, and whether they add up."""
