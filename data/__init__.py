"""Where articles come from: files, pages, tables, labelled corpora."""
