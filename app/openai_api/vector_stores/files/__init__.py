"""Files of vector stores: documents, under the ids of the files that they are of."""
