using System.Net;
using CentralOps.Gateway.Outbound;

namespace CentralOps.Gateway.Tests.Outbound;

public sealed class AddressTests
{
    [Theory]
    [InlineData("8.8.8.8", "Public")]
    [InlineData("1.1.1.1", "Public")]
    [InlineData("172.15.255.255", "Public")]
    [InlineData("172.32.0.1", "Public")]
    [InlineData("100.63.255.255", "Public")]
    [InlineData("100.128.0.0", "Public")]
    [InlineData("223.255.255.255", "Public")]
    [InlineData("2606:4700:4700::1111", "Public")]
    [InlineData("::ffff:8.8.8.8", "Public")]
    [InlineData("64:ff9b::808:808", "Public")]
    [InlineData("2002:808:808::1", "Public")]
    [InlineData("127.0.0.1", "Loopback")]
    [InlineData("127.255.255.254", "Loopback")]
    [InlineData("::1", "Loopback")]
    [InlineData("::ffff:127.0.0.1", "Loopback")]
    [InlineData("10.0.0.1", "Private")]
    [InlineData("172.16.0.1", "Private")]
    [InlineData("172.31.255.255", "Private")]
    [InlineData("192.168.1.1", "Private")]
    [InlineData("100.64.0.1", "Private")]
    [InlineData("100.127.255.255", "Private")]
    [InlineData("::ffff:10.1.2.3", "Private")]
    [InlineData("fc00::1", "Private")]
    [InlineData("fdff:ffff::1", "Private")]
    [InlineData("fec0::1", "Private")]
    [InlineData("169.254.0.1", "LinkLocal")]
    [InlineData("fe80::1", "LinkLocal")]
    [InlineData("fe80::1%2", "LinkLocal")]
    [InlineData("169.254.169.254", "Metadata")]
    [InlineData("::ffff:169.254.169.254", "Metadata")]
    [InlineData("169.254.170.2", "Metadata")]
    [InlineData("169.254.170.23", "Metadata")]
    [InlineData("fd00:ec2::254", "Metadata")]
    [InlineData("fd00:ec2::23", "Metadata")]
    [InlineData("168.63.129.16", "Metadata")]
    [InlineData("100.100.100.200", "Metadata")]
    [InlineData("0.0.0.0", "Reserved")]
    [InlineData("0.1.2.3", "Reserved")]
    [InlineData("192.0.0.1", "Reserved")]
    [InlineData("192.0.2.1", "Reserved")]
    [InlineData("192.88.99.1", "Reserved")]
    [InlineData("198.18.0.1", "Reserved")]
    [InlineData("198.19.255.255", "Reserved")]
    [InlineData("198.51.100.1", "Reserved")]
    [InlineData("203.0.113.1", "Reserved")]
    [InlineData("224.0.0.1", "Reserved")]
    [InlineData("239.255.255.255", "Reserved")]
    [InlineData("240.0.0.1", "Reserved")]
    [InlineData("255.255.255.255", "Reserved")]
    [InlineData("::", "Reserved")]
    [InlineData("::127.0.0.1", "Reserved")]
    [InlineData("::ffff:0:127.0.0.1", "Reserved")]
    [InlineData("64:ff9b::7f00:1", "Reserved")]
    [InlineData("64:ff9b::a9fe:a9fe", "Reserved")]
    [InlineData("64:ff9b:1::1", "Reserved")]
    [InlineData("2002:7f00:1::", "Reserved")]
    [InlineData("2002:a00:1::", "Reserved")]
    [InlineData("2002:a9fe:a9fe::1", "Reserved")]
    [InlineData("2001:0:a9fe:a9fe::1", "Reserved")]
    [InlineData("2001:db8::1", "Reserved")]
    [InlineData("3fff::1", "Reserved")]
    [InlineData("100::1", "Reserved")]
    [InlineData("5f00::1", "Reserved")]
    [InlineData("ff02::1", "Reserved")]
    [InlineData("4000::1", "Reserved")]
    public void An_address_is_what_the_registries_say_wherever_it_is_wrapped(string address, string kind) =>
        AddressKinds.Of(IPAddress.Parse(address)).ToString().ShouldBe(kind);

    [Theory]
    [InlineData("10.1.2.3", "10.0.0.0/8", "any.example", true)]
    [InlineData("::ffff:10.1.2.3", "10.0.0.0/8", "any.example", true)]
    [InlineData("10.1.2.3", "10.1.2.3", "any.example", true)]
    [InlineData("10.1.2.4", "10.1.2.3", "any.example", false)]
    [InlineData("fd12::1", "fd12::/16", "any.example", true)]
    [InlineData("10.1.2.3", "mcp.corp.example", "MCP.corp.example.", true)]
    [InlineData("10.1.2.3", "corp.example", "mcp.corp.example", false)]
    [InlineData("127.0.0.1", "mcp.corp.example", "mcp.corp.example", true)]
    [InlineData("169.254.169.254", "mcp.corp.example", "mcp.corp.example", false)]
    [InlineData("169.254.1.1", "mcp.corp.example", "mcp.corp.example", false)]
    [InlineData("224.0.0.1", "mcp.corp.example", "mcp.corp.example", false)]
    [InlineData("169.254.169.254", "169.254.169.254/32", "any.example", true)]
    [InlineData("8.8.8.8", "", "dns.example", true)]
    [InlineData("127.0.0.1", "", "localhost", false)]
    public void An_allow_list_admits_what_it_names_and_a_name_never_leads_to_where_credentials_are_kept(string address, string list, string host, bool admitted)
    {
        OutboundRules.TryParse(list, allowLoopback: false, out var rules, out var problem).ShouldBeTrue(problem);

        (rules.Refuse(host, IPAddress.Parse(address), encrypted: true) is null).ShouldBe(admitted);
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("*.example.com")]
    [InlineData("http://example.com")]
    [InlineData("a b")]
    public void An_entry_that_is_neither_host_nor_network_is_refused_by_name(string entry)
    {
        OutboundRules.TryParse("ok.example, " + entry, allowLoopback: false, out _, out var problem).ShouldBeFalse();
        problem.ShouldContain(entry);
    }

    [Fact]
    public void Loopback_is_admitted_where_the_gateway_is_on_it_and_nothing_else_is_with_it()
    {
        var rules = new OutboundRules { AllowLoopback = true };

        rules.Refuse("localhost", IPAddress.Loopback, encrypted: false).ShouldBeNull();
        rules.Refuse("x", IPAddress.IPv6Loopback, encrypted: false).ShouldBeNull();
        rules.Refuse("x", IPAddress.Parse("64:ff9b::7f00:1"), encrypted: true).ShouldNotBeNull();
        rules.Refuse("x", IPAddress.Parse("10.0.0.1"), encrypted: true).ShouldNotBeNull();
        rules.Refuse("x", IPAddress.Parse("8.8.8.8"), encrypted: false)!.ShouldContain("without TLS");
    }
}
