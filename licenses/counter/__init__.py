"""Use in the words of the COUNTER Code of Practice 5.1: clicks become figures, figures reports, files figures. Pure.

    clicks ── counting.count, .figures ──> Figure <── reading.open_report ── a provider's JSON, TSV, CSV, XLSX
                                             │
    parameters ── asking.ask ──> Question ── reports.report ──> Report ──> as_json.json_bytes
                                                                      └──> as_table.tsv_bytes, .workbook_bytes

The standard: cop5.countermetrics.org/en/5.1. Without an audit nothing here may be called "COUNTER compliant".
"""
