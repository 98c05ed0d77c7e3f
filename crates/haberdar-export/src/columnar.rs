//! Apache Parquet: our own columns, compressed with Zstandard, in groups of rows.

use std::{io::Write, sync::Arc};

use parquet::{
    basic::{Compression, ConvertedType, Repetition, Type as Physical, ZstdLevel},
    data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type},
    file::{
        properties::WriterProperties,
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    schema::types::Type,
};

use crate::{
    ExportError, Exporter, Row,
    table::{COLUMNS, Cell, cells},
};

/// Rows of a group.
const GROUP: usize = 50_000;

pub(crate) struct Columnar<W: Write + Send> {
    out: SerializedFileWriter<W>,
    columns: Vec<Vec<Cell>>,
}

/// Columns that hold whole numbers, and those that hold numbers with a fraction.
const WHOLE: [&str; 4] = ["quad", "reports", "independent_sources", "conflicts"];
const REAL: [&str; 2] = ["goldstein", "confidence"];

fn schema() -> Result<Type, ExportError> {
    let column = |name: &&str| {
        let physical = match () {
            () if WHOLE.contains(name) => Physical::INT64,
            () if REAL.contains(name) => Physical::DOUBLE,
            () => Physical::BYTE_ARRAY,
        };
        let b = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
        let b = if physical == Physical::BYTE_ARRAY { b.with_converted_type(ConvertedType::UTF8) } else { b };
        b.build().map(Arc::new)
    };
    let fields = COLUMNS.iter().map(column).collect::<Result<Vec<_>, _>>()?;
    Ok(Type::group_type_builder("event").with_fields(fields).build()?)
}

impl<W: Write + Send> Columnar<W> {
    pub(crate) fn new(out: W) -> Result<Self, ExportError> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
            .set_created_by(concat!("haberdar ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let out = SerializedFileWriter::new(out, Arc::new(schema()?), Arc::new(properties))?;
        Ok(Columnar { out, columns: vec![Vec::new(); COLUMNS.len()] })
    }

    fn group(&mut self) -> Result<(), ExportError> {
        let mut group = self.out.next_row_group()?;
        for (name, column) in COLUMNS.iter().zip(&mut self.columns) {
            write(&mut group, name, column)?;
            column.clear();
        }
        group.close()?;
        Ok(())
    }
}

fn write<W: Write + Send>(group: &mut SerializedRowGroupWriter<'_, W>, name: &str, cells: &[Cell]) -> Result<(), ExportError> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    // 1 where there is a value.
    let there: Vec<i16> = cells.iter().map(|c| i16::from(*c != Cell::Nothing)).collect();
    if WHOLE.contains(&name) {
        let values: Vec<i64> = cells.iter().filter_map(|c| if let Cell::Whole(n) = c { Some(*n) } else { None }).collect();
        column.typed::<Int64Type>().write_batch(&values, Some(&there), None)?;
    } else if REAL.contains(&name) {
        let values: Vec<f64> = cells.iter().filter_map(|c| if let Cell::Real(x) = c { Some(*x) } else { None }).collect();
        column.typed::<DoubleType>().write_batch(&values, Some(&there), None)?;
    } else {
        let text = |c: &Cell| if let Cell::Text(t) = c { Some(ByteArray::from(t.as_str())) } else { None };
        let values: Vec<ByteArray> = cells.iter().filter_map(text).collect();
        column.typed::<ByteArrayType>().write_batch(&values, Some(&there), None)?;
    }
    column.close()?;
    Ok(())
}

impl<W: Write + Send> Exporter for Columnar<W> {
    fn put(&mut self, row: &Row) -> Result<bool, ExportError> {
        for (column, cell) in self.columns.iter_mut().zip(cells(row)) {
            column.push(cell);
        }
        if self.columns[0].len() >= GROUP {
            self.group()?;
        }
        Ok(true)
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        if !self.columns[0].is_empty() {
            self.group()?;
        }
        self.out.close()?;
        Ok(())
    }
}
