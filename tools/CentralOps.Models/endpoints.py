"""Prints src/CentralOps.Aws/Endpoints/services.txt: where each AWS service answers, as botocore's endpoint rules have it.

Every rule set is evaluated by botocore itself for every region, with and without FIPS and dual stack. What is left after taking away
the ordinary pattern is written down, the commonest first, then what differs in a partition, then what differs in a region.
"""
import collections

import botocore
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import EndpointProviderError
from botocore.loaders import Loader
from botocore.regions import EndpointResolver

HEAD = """\
# Where AWS services answer, from botocore %s (Apache-2.0). Made by: dotnet run --project tools/CentralOps.Models
# A line is a service id and what differs from the ordinary host: [scope] [variants] [host] [signing region] [signing name].
# Scope: * everywhere, a partition, or a region; the narrowest counts. Variants: p plain, f FIPS, d dual stack, b both.
# {r} is the region, {g} the partition's main one, {s} its DNS suffix, {d} its dual-stack suffix. Ordinary are, each signed for {r}:
# p prefix.{r}.{s}   f prefix-fips.{r}.{s}   d prefix.{r}.{d}   b prefix-fips.{r}.{d}
"""
VARIANTS = {"p": (False, False), "f": (True, False), "d": (False, True), "b": (True, True)}


def main():
    loader = Loader()
    partitions = loader.load_data("partitions")
    Place.older = EndpointResolver(loader.load_data("endpoints"))
    print(HEAD % botocore.__version__, end="")
    lines = {}
    for name in loader.list_available_services("endpoint-rule-set-1"):
        metadata = loader.load_service_model(name, "service-2")["metadata"]
        rules = loader.load_service_model(name, "endpoint-rule-set-1")
        provider = EndpointProvider(ruleset_data=rules, partition_data=partitions)
        entries = reduce(metadata, rules, provider, partitions)
        if entries:
            lines[metadata["serviceId"]] = "|".join([metadata["serviceId"], *entries])
    for service in sorted(lines):
        print(lines[service])


def reduce(metadata, rules, provider, partitions):
    found = {}
    for letter, (fips, dual) in VARIANTS.items():
        places = []
        for partition in partitions["partitions"]:
            # aws-global and the like name no place.
            for region in sorted(name for name in partition["regions"] if name[-1].isdigit()):
                place = Place(partition, region)
                answer = resolve(metadata, rules, provider, place, fips, dual)
                if answer:
                    places.append((place, answer))
        if not places:
            continue
        ordinary = host_of(metadata["endpointPrefix"], letter)
        everywhere = usual([(place, answer) for place, answer in places if place.partition["id"] == "aws"] or places)
        if everywhere != ordinary:
            found.setdefault(("*", everywhere), []).append(letter)
        for partition in partitions["partitions"]:
            here = [(place, answer) for place, answer in places if place.partition is partition]
            if not here:
                continue
            own = everywhere if all(place.fill(everywhere) == answer for place, answer in here) else usual(here)
            if own != everywhere:
                found.setdefault((partition["id"], own), []).append(letter)
            for place, answer in here:
                if place.fill(own) != answer:
                    found.setdefault((place.region, place.template(answer)), []).append(letter)
    return [f"{scope} {''.join(letters)} {answer}" for (scope, answer), letters in found.items()]


class Place:
    def __init__(self, partition, region):
        outputs = partition["outputs"]
        self.partition, self.region, self.main = partition, region, outputs["implicitGlobalRegion"]
        self.suffixes = {"{s}": outputs["dnsSuffix"], "{d}": outputs["dualStackDnsSuffix"]}

    def fill(self, template):
        for sign, text in {"{r}": self.region, "{g}": self.main, **self.suffixes}.items():
            template = template.replace(sign, text)
        return template

    def template(self, answer):
        host, *signing = answer.split(" ")
        # The longer suffix first: one can end with the other.
        for sign, suffix in sorted(self.suffixes.items(), key=lambda pair: -len(pair[1])):
            if host.endswith("." + suffix):
                host = host.removesuffix(suffix) + sign
                break
        return " ".join(word.replace(self.region, "{r}").replace(self.main, "{g}") for word in [host, *signing])


def usual(answers):
    """The template that most answers come from; the main region's own says nothing about whether others share it."""
    counted = collections.Counter(place.template(answer) for place, answer in answers if place.region != place.main)
    counted = counted or collections.Counter(place.template(answer) for place, answer in answers)
    most = max(counted.values())
    return min(template for template, count in counted.items() if count == most)


def host_of(prefix, letter):
    return f"{prefix}{'-fips' if letter in 'fb' else ''}.{{r}}.{{{'d' if letter in 'db' else 's'}}} {{r}}"


def resolve(metadata, rules, provider, place, fips, dual):
    if metadata["serviceId"] == "Health" and not fips and not dual:
        # Its rule set makes a host of every region, but AWS Health answers at one address only, which botocore's older data knows.
        older = Place.older.construct_endpoint("health", place.region, place.partition["id"])
        return f"{older['hostname']} {older.get('credentialScope', {}).get('region', place.region)}"
    settings = {"AWS::Region": place.region, "AWS::UseFIPS": fips, "AWS::UseDualStack": dual}
    try:
        endpoint = provider.resolve_endpoint(
            **{name: settings[declared["builtIn"]] for name, declared in rules["parameters"].items() if declared.get("builtIn") in settings})
    except EndpointProviderError:
        return None
    signing = next((scheme for scheme in endpoint.properties.get("authSchemes", []) if scheme["name"] == "sigv4"), {})
    words = [endpoint.url.removeprefix("https://"), signing.get("signingRegion", place.region)]
    if signing.get("signingName", "") not in ("", metadata.get("signingName", metadata["endpointPrefix"])):
        words.append(signing["signingName"])
    return " ".join(words)


main()
