import ConfigurationValues
import HostSystem
import WheelProvisioning

extension BundleRequest {
    /// The folder of caches of a request that names one.
    func cacheFolder(_ path: LocalPath, in environment: Environment) -> CacheFolder {
        CacheFolder(
            path: path,
            place: pythonRequirements?["cacheLocation"]?.place,
            temporaryDirectory: environment.temporaryDirectory
        )
    }
}
