namespace Duplex.Sdk.Tests;

/// <summary>The published JavaScript client and maps: one scenario, one process.</summary>
public sealed class SdkMapTests(SdkServer server) : IClassFixture<SdkServer>
{
    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public Task Client_loads_a_map_in_pages_and_follows_it(string transport, string encoding) => Run("map", transport, encoding);

    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public Task Client_that_was_cut_recovers_its_map_or_loads_it_again(string transport, string encoding) => Run("map-recover", transport, encoding);

    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public Task Client_follows_a_map_of_what_clients_write_until_it_expires(string transport, string encoding) => Run("map-cursors", transport, encoding);

    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public Task Client_sees_presence_as_maps(string transport, string encoding) => Run("map-presence", transport, encoding);

    private Task Run(string scenario, string transport, string encoding) => Scenario.RunAsync(scenario, server.Address, transport, encoding);
}
