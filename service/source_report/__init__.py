"""The source report: what a run found, outlet by outlet, told so that nobody is accused lightly."""
