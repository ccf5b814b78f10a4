namespace Duplex.Sdk.Tests;

/// <summary>The published JavaScript client against the stand-alone server, on every transport.</summary>
public sealed class StandAloneTests(StandAloneServer server) : IClassFixture<StandAloneServer>
{
    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public async Task Client_with_a_token_uses_all_that_the_file_allows_and_is_refused_the_rest(string transport, string encoding) =>
        await Scenario.RunAsync("standalone", server.Address, transport, encoding, await server.TokenAsync($"ann-{transport}-{encoding}"));

    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public async Task Client_tracks_keys_for_which_the_backend_is_polled(string transport, string encoding) =>
        await Scenario.RunAsync("shared-poll", server.Address, transport, encoding, await server.TokenAsync($"bob-{transport}-{encoding}"));

    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public async Task Client_sets_the_pace_of_a_subscription_and_reads_what_it_skipped(string transport, string encoding) =>
        await Scenario.RunAsync("pace", server.Address, transport, encoding, await server.TokenAsync($"eve-{transport}-{encoding}"));
}
