"""Prints where botocore finds every service in every region: by its rule sets in all four variants, then by its older endpoints.json.

Lines: [service id] [endpoint prefix] [region] [variant 0-3] [url] [signing region] [signing name], tab-separated; the variant of the older data is -.
"""
import sys

from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import EndpointProviderError
from botocore.loaders import Loader
from botocore.regions import EndpointResolver


def main():
    loader = Loader()
    partitions = loader.load_data("partitions")
    older = EndpointResolver(loader.load_data("endpoints"))
    listed = {entry["partition"]: entry for entry in loader.load_data("endpoints")["partitions"]}
    for partition in partitions["partitions"]:
        outputs = partition["outputs"]
        line("partition", partition["id"], outputs["dnsSuffix"], outputs["dualStackDnsSuffix"], outputs["implicitGlobalRegion"])
    regions = [(partition["id"], region) for partition in partitions["partitions"] for region in partition["regions"] if region[-1].isdigit()]
    for name in loader.list_available_services("endpoint-rule-set-1"):
        metadata = loader.load_service_model(name, "service-2")["metadata"]
        rules = loader.load_service_model(name, "endpoint-rule-set-1")
        provider = EndpointProvider(ruleset_data=rules, partition_data=partitions)
        prefix = metadata["endpointPrefix"]
        signing_name = metadata.get("signingName", prefix)
        for partition, region in regions:
            for variant in range(4):
                settings = {"AWS::Region": region, "AWS::UseFIPS": bool(variant & 1), "AWS::UseDualStack": bool(variant & 2)}
                try:
                    endpoint = provider.resolve_endpoint(**{
                        parameter: settings[declared["builtIn"]] for parameter, declared in rules["parameters"].items() if declared.get("builtIn") in settings})
                except EndpointProviderError:
                    continue
                scheme = next((entry for entry in endpoint.properties.get("authSchemes", []) if entry["name"] == "sigv4"), {})
                line(metadata["serviceId"], prefix, region, variant, endpoint.url, scheme.get("signingRegion", region), scheme.get("signingName") or signing_name, signing_name)
            if prefix in listed[partition]["services"]:
                endpoint = older.construct_endpoint(prefix, region, partition)
                scope = endpoint.get("credentialScope", {})
                line(metadata["serviceId"], prefix, region, "-", "https://" + endpoint["hostname"], scope.get("region", region), signing_name, signing_name)


def line(*words):
    sys.stdout.write("\t".join(map(str, words)) + "\n")


main()
