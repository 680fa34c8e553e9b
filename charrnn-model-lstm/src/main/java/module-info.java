/** The LSTM cell, the Mogrifier LSTM and the plain recurrent cell. */
module org.charrnn.model.lstm {
  requires static org.jspecify;
  requires transitive org.charrnn.api;

  exports org.charrnn.model.lstm;

  provides org.charrnn.api.Cell with
      org.charrnn.model.lstm.LstmCell,
      org.charrnn.model.lstm.MogrifierLstmCell,
      org.charrnn.model.lstm.RnnCell;
}
