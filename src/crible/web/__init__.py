"""The desk: a Django site that shows a case in a browser."""
