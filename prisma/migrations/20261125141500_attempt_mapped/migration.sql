-- What reached the target of an attempt in another form than the client wrote, and how many frames of its stream were not JSON.
ALTER TABLE logs.attempt ADD COLUMN mapped jsonb, ADD COLUMN bad_chunks int;
