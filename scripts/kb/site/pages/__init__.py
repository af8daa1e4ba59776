"""What each page says: the knowledge base in, frozen plain data of one page out; no HTML, which is the templates' business."""
