"""What is true of the form, whoever asks: the record, its fields, the framework, the library. No Textual, no jieba."""
