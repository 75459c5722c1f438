import Pages

/// Text as it was typed, line by line.
func lines(_ text: String) -> HTML {
    .joined(text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line -> HTML in
        index == 0 ? "\(String(line))" : "<br>\(String(line))"
    })
}
