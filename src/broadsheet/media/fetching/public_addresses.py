"""
Says which network addresses are out there for everybody, and which are somebody's inside.

A table of our own, since what Python calls global changes with its releases. Sources: IANA's
special-purpose address registries for IPv4 and IPv6 (RFC 6890 and its successors).
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

IpAddress = IPv4Address | IPv6Address

_IPV4 = {
    IPv4Network(network): why
    for network, why in {
        "0.0.0.0/8": "this host",
        "10.0.0.0/8": "a private network",
        "100.64.0.0/10": "a provider's inside (carrier-grade NAT)",
        "127.0.0.0/8": "this machine itself",
        "168.63.129.16/32": "a cloud's metadata service",  # Azure's; public by its number alone
        "169.254.0.0/16": "a link-local address, where clouds keep their metadata",
        "172.16.0.0/12": "a private network",
        "192.0.0.0/24": "reserved for protocols",
        "192.0.2.0/24": "for documentation",
        "192.31.196.0/24": "an AS112 sink",
        "192.52.193.0/24": "an AMT relay",
        "192.88.99.0/24": "a 6to4 relay",
        "192.168.0.0/16": "a private network",
        "192.175.48.0/24": "an AS112 sink",
        "198.18.0.0/15": "for benchmarks",
        "198.51.100.0/24": "for documentation",
        "203.0.113.0/24": "for documentation",
        "224.0.0.0/4": "multicast",
        "240.0.0.0/4": "reserved, or broadcast",
    }.items()
}

_UNICAST = IPv6Network("2000::/3")  # the only part of IPv6 that is given out to the public
_IPV6 = {
    IPv6Network(network): why
    for network, why in {
        "2001::/23": "reserved for protocols (Teredo, benchmarks, ORCHID)",
        "2001:db8::/32": "for documentation",
        "2002::/16": "an IPv4 address in disguise (6to4)",
        "2620:4f:8000::/48": "an AS112 sink",
        "3fff::/20": "for documentation",
    }.items()
}
_NAT64 = IPv6Network("64:ff9b::/96")  # the last 32 bits are an IPv4 address (RFC 6052)
_IPV4_BITS = 0xFFFF_FFFF


def why_not_public(address: IpAddress) -> str:
    """Return why an address is not out there for everybody, "" if it is."""
    if isinstance(address, IPv4Address):
        return next((why for network, why in _IPV4.items() if address in network), "")
    if address in _NAT64:  # how a network that speaks only IPv6 reaches the others
        return why_not_public(IPv4Address(int(address) & _IPV4_BITS))
    if address.ipv4_mapped is not None:
        return "an IPv4 address in disguise (mapped)"
    if address not in _UNICAST:
        return "no public IPv6 address (loopback, link-local, private, multicast or unassigned)"
    return next((why for network, why in _IPV6.items() if address in network), "")
