"""The quarter's edition and its delivery: two snapshots in, letters, mails and Word documents out."""
