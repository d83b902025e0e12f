"""One file per format: each turns bytes into text and facts. All of it runs inside the sandbox."""
