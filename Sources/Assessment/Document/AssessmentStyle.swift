/// How the page looks: by the classes of GOV.UK Frontend, in few lines, light, dark and on A4.
enum AssessmentStyle {
    static let sheet = """
        :root{--text:#0b0c0c;--back:#fff;--line:#b1b4b6;--link:#1a65a6;--muted:#484949}
        *{box-sizing:border-box}
        body{margin:0;overflow-wrap:break-word;color:var(--text);background:var(--back);
        font:1.1875rem/1.35 "Atkinson Hyperlegible",arial,sans-serif}
        main{max-width:60rem;margin:0 auto;padding:1rem}
        .govuk-heading-xl{font-size:clamp(1.5rem,7vw,2.25rem);line-height:1.1}h1,h2,h3{overflow-wrap:break-word}
        .govuk-heading-l{font-size:1.7rem;margin:2.5rem 0 1rem}
        .govuk-heading-m{font-size:1.35rem;margin:1.5rem 0 .75rem}.govuk-body-s{font-size:1rem;color:var(--muted)}
        .govuk-link{color:var(--link)}.govuk-link:focus,summary:focus,[tabindex]:focus{outline:3px solid #fd0;
        outline-offset:0;box-shadow:0 0 0 5px var(--text)}
        .drystone-table:focus{box-shadow:inset 0 0 0 2px var(--text)}
        .govuk-skip-link{position:absolute;left:-999rem}.govuk-skip-link:focus{position:static}
        .govuk-visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);
        white-space:nowrap}
        .govuk-summary-list{margin:0 0 1.5rem}.govuk-summary-list__row{display:flex;flex-wrap:wrap;
        border-bottom:1px solid var(--line);padding:.5rem 0}
        .govuk-summary-list__key{flex:0 0 12rem;font-weight:700}.govuk-summary-list__value{flex:1 1 16rem;margin:0;
        min-width:0;overflow-wrap:anywhere}
        .drystone-table{position:relative;overflow-x:auto;margin-bottom:1rem}
        .govuk-table{width:100%;border-collapse:collapse;font-size:1rem}
        .govuk-table__caption{text-align:left;font-weight:700;font-size:1.2rem;padding-bottom:.5rem}
        .govuk-table__header,.govuk-table__cell{text-align:left;vertical-align:top;padding:.4rem .8rem .4rem 0;
        border-bottom:1px solid var(--line)}
        .govuk-table__header--numeric,.govuk-table__cell--numeric{text-align:right;font-variant-numeric:tabular-nums}
        .govuk-inset-text{border-left:8px solid var(--line);padding:.75rem;margin:1.25rem 0}
        .govuk-details{margin:0 0 1.5rem}.govuk-details__summary{cursor:pointer;color:var(--link);
        text-decoration:underline}
        .govuk-details__text{border-left:4px solid var(--line);padding:.75rem 0 .1rem 1rem;margin-top:.5rem}
        blockquote{margin:1rem 0 .25rem;font-size:1.3rem}figure{margin:1rem 0}
        .drystone-picture{display:block;max-width:100%;height:auto;font-family:arial,sans-serif}
        @media screen and (prefers-color-scheme:dark){
        :root{--text:#f1f3f4;--back:#15191c;--line:#5b666d;--link:#8ec5f4;--muted:#b4bdc2;color-scheme:dark}
        .drystone-series-1{fill:#8ec5f4}.drystone-line-1{stroke:#8ec5f4}.drystone-series-2{fill:#4fd1c0}
        .drystone-line-2{stroke:#4fd1c0}.drystone-series-3{fill:#e99ac9}.drystone-line-3{stroke:#e99ac9}
        .drystone-series-4{fill:#ffb27a}.drystone-line-4{stroke:#ffb27a}}
        @page{size:A4;margin:18mm 16mm}
        @media print{body{font-size:10.5pt}main{max-width:none;padding:0}.govuk-table{font-size:9pt}
        .govuk-skip-link{display:none}.drystone-table{overflow:visible}h2,h3,figcaption{break-after:avoid}
        figure,tr,.govuk-inset-text,.drystone-story{break-inside:avoid}.drystone-picture{max-height:110mm}
        svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """
}
