import Pages

/// Four of the outputs by quarter as bars, each with its number. The table beside it says the same, and more.
func outputsChart(_ columns: [OutputColumn]) -> HTML {
    let most = max(1, Output.charted.flatMap { output in columns.map { $0.amount(output) ?? 0 } }.max() ?? 1)
    let bars = columns.enumerated().map { place, column -> HTML in
        let left = 4 + place * 79
        return """
            \(.joined(Output.charted.enumerated().map { series, output in
                bar(column.amount(output) ?? 0, of: most, x: left + series * 18, colour: colours[series])
            }))\
            <text x="\(left + 36)" y="142" font-size="11" text-anchor="middle" fill="currentColor">\
            \(column.title)</text>
            """
    }
    let names = Output.charted.enumerated().map { series, output -> HTML in
        let (x, y) = (4 + series % 2 * 158, 162 + series / 2 * 18)
        return """
            <rect x="\(x)" y="\(y - 9)" width="10" height="10" fill="\(colours[series])"/>\
            <text x="\(x + 15)" y="\(y)" font-size="11" fill="currentColor">\(output.label)</text>
            """
    }
    return """
        <figure class="govuk-!-margin-0 govuk-!-margin-bottom-6">
        <figcaption class="govuk-body">\(finding(columns))</figcaption>
        <svg class="drystone-picture" viewBox="0 0 320 190" width="480" height="285" role="img" \
        aria-labelledby="outputs-title outputs-words" \
        xmlns="http://www.w3.org/2000/svg"><title id="outputs-title">Outputs by quarter</title>\
        <desc id="outputs-words">\(finding(columns)) All numbers stand in the table above.</desc>\
        \(bars)\(names)</svg></figure>
        """
}

private let colours = ["#12436D", "#28A197", "#801650", "#F46A25"]

private func bar(_ amount: Int, of most: Int, x: Int, colour: String) -> HTML {
    let height = amount * 110 / most
    return """
        <rect x="\(x)" y="\(128 - height)" width="15" height="\(height)" fill="\(colour)"/>\
        <text x="\(x + 7)" y="\(124 - height)" font-size="9" text-anchor="middle" fill="currentColor">\(amount)</text>
        """
}

/// "Helpline calls: 45 in quarter 2, the most of the year so far."
private func finding(_ columns: [OutputColumn]) -> String {
    guard let busiest = columns.max(by: { ($0.amount(.helpline) ?? 0) < ($1.amount(.helpline) ?? 0) }),
        let amount = busiest.amount(.helpline), amount > 0 else { return "No helpline calls were recorded." }
    return "Helpline calls were most in \(busiest.title.lowercased()): \(amount)."
}
