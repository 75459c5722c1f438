import Statistics

/// What was asked for beside the loss model, each key only where it was: `waiting`, `season`, `closed_areas`, `stays`.
struct CapacityVariantsDocument: Encodable {
    private let waiting: Waiting?
    private let season: Swing?
    private let closedAreas: Areas?
    private let stays: Stays?

    private struct Waiting: Encodable {
        let patienceDays: Double
        let gaveUp: Double
        let spacesForTarget: Int?
    }

    private struct Swing: Encodable {
        let swing: Double
        let refused: Double
        let worstMonth: Double
        let spacesForTarget: Int?
    }

    private struct Areas: Encodable {
        let refused: Double
        let spacesForTarget: Int?
        let areas: [Area]
    }

    private struct Area: Encodable {
        let referralsPerYear: Double
        let spaces: Int
        let refused: Double
        let spacesForTarget: Int?
    }

    private struct Stays: Encodable {
        let ended: Int
        let open: Int
        let meanDays: Double
        let level: Double
        let interval: CapacityDocument.Ends<Double>
        let spacesForTarget: CapacityDocument.Ends<Double>
        let refused: CapacityDocument.Ends<Double>
    }

    init(_ variants: CapacityVariants, _ manner: CapacityManner) {
        waiting = variants.waiting.map {
            Waiting(patienceDays: manner.patience ?? 0, gaveUp: $0.refused, spacesForTarget: $0.spacesForTarget)
        }
        season = variants.season.map {
            Swing(swing: manner.swing, refused: $0.refused, worstMonth: variants.worstMonth ?? $0.refused,
                  spacesForTarget: $0.spacesForTarget)
        }
        closedAreas = variants.closed.map {
            Areas(refused: $0.refused, spacesForTarget: $0.spacesForTarget, areas: variants.areas.map { area in
                Area(referralsPerYear: area.pool.referrals, spaces: area.pool.spaces, refused: area.found.refused,
                     spacesForTarget: area.found.spacesForTarget)
            })
        }
        func ends(_ band: CapacityBand) -> CapacityDocument.Ends<Double> { .init(low: band.low, high: band.high) }
        let survival = StaySurvival(manner.stays)
        stays = variants.stays.map {
            Stays(
                ended: survival?.ended ?? 0, open: survival?.open ?? 0, meanDays: $0.stay.value, level: $0.level,
                interval: ends($0.stay), spacesForTarget: ends($0.spaces), refused: ends($0.refused))
        }
    }
}
