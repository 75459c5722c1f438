import Foundation
import Statistics

enum FigureInputs {
    static func measure(_ id: String) throws -> MeasureDefinition? {
        try JSONDecoder().decode([MeasureDefinition].self, from: Data(ShippedMeasures.json)).first { $0.id == id }
    }
}
