package db

// Waiting is the number of writes in the queue.
func (d *DB) Waiting() int { return len(d.writer.queue) }
