"""The site: records, bulletins and frames in, a folder of pages out; also the preview. Only `cli` stands above."""
