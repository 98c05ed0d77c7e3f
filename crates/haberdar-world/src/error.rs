//! What can be wrong with a table.

/// A row that cannot be used: table, line and fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{table}, line {line}: {fault}")]
pub struct WorldError {
    /// Name of the table.
    pub table: &'static str,
    /// Line in it, from 1.
    pub line: usize,
    /// What is wrong.
    pub fault: String,
}

impl WorldError {
    pub(crate) fn new(table: &'static str, line: usize, fault: impl Into<String>) -> Self {
        WorldError { table, line, fault: fault.into() }
    }
}
