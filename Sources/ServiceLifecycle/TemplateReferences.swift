import CloudFormation
import ConfigurationValues
import LambdaBundle
import OrderedJSON
import ServerlessConfig

extension ArtifactReferences {
    /// Makes references to the zip files of a report.
    init(_ report: BundleReport) {
        func artifact(_ index: Int) -> Artifact {
            let artifact = report.artifacts[index]
            return Artifact(fileName: artifact.fileName, sha256Base64: artifact.sha256Base64)
        }
        self.init(functions: report.functions.mapValues(artifact), layers: report.layers.mapValues(artifact))
    }
}

extension RequirementLayers {
    /// Creates the layers of the template for the requirement layers of a bundle.
    init(_ layers: [BundleReport.RequirementLayer]) {
        // The configuration refers to the layer of a function by this name, even if there are several layers.
        let reference = Naming.layerID("pythonRequirements")
        var references: [String: [String: String]] = [:]
        for layer in layers {
            for function in layer.functions {
                references[function, default: [:]][reference] = Naming.layerID(layer.key)
            }
        }
        self.init(
            layers: layers.map { layer in
                let node = ConfigurationValue(.object(layer.settings))
                return ServiceLayer(key: layer.key, name: node["name"]?.string ?? layer.key, node: node)
            },
            references: references
        )
    }
}
