using System.Net;
using Showcase.Visitors;

namespace Showcase.Tests.Visitors;

public sealed class AddressGroupTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::", "2001:db8:1:2::/64")]
    [InlineData("fe80::1%3", "fe80::/64")]
    public void Addresses_of_one_machine_are_one_group(string address, string group) =>
        Assert.Equal(group, AddressGroup.Of(new IPEndPoint(IPAddress.Parse(address), 443)));

    [Fact]
    public void Peers_without_an_address_share_a_group() => Assert.Equal("", AddressGroup.Of(null));
}
