"""Pages of the self-assessment, one module for each thing that people come to do."""
