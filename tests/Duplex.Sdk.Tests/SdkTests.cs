namespace Duplex.Sdk.Tests;

/// <summary>The published JavaScript client against an application on the hub.</summary>
public sealed class SdkTests(SdkServer server) : IClassFixture<SdkServer>
{
    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public Task Client_connects_with_data_and_disconnects(string transport, string encoding) => Run("connect", transport, encoding);

    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public Task Client_publishes_to_all_subscribers_and_reads_history(string transport, string encoding) => Run("publish", transport, encoding);

    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public Task Client_sees_who_is_there_who_joins_and_who_leaves(string transport, string encoding) => Run("presence", transport, encoding);

    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public Task Client_calls_methods_and_gets_results_and_errors(string transport, string encoding) => Run("rpc", transport, encoding);

    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public Task Client_that_was_cut_recovers_each_publication_once_in_order(string transport, string encoding) => Run("recover", transport, encoding);

    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public Task Client_applies_deltas(string transport, string encoding) => Run("delta", transport, encoding);

    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public Task Server_subscribes_unsubscribes_and_disconnects_a_user(string transport, string encoding) =>
        Run("server-subscription", transport, encoding);

    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public Task Client_tracks_keys_that_the_server_polls(string transport, string encoding) => Run("shared-poll", transport, encoding);

    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public Task Client_gets_the_latest_publication_where_only_that_is_recovered(string transport, string encoding) => Run("cache", transport, encoding);

    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public Task Client_filters_publications_by_their_tags(string transport, string encoding) => Run("filter", transport, encoding);

    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public Task Client_knows_channels_by_their_numbers(string transport, string encoding) => Run("compaction", transport, encoding);

    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public Task Client_is_told_that_its_position_is_lost_on_a_live_connection(string transport, string encoding) => Run("position", transport, encoding);

    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public Task Client_renews_its_tokens_and_starts_over_with_what_it_did_not_renew(string transport, string encoding) => Run("token", transport, encoding);

    [Theory]
    [MemberData(nameof(Scenario.Transports), MemberType = typeof(Scenario))]
    public Task Client_sets_the_pace_of_a_subscription_and_reads_what_it_skipped(string transport, string encoding) => Run("pace", transport, encoding);

    private Task Run(string scenario, string transport, string encoding) => Scenario.RunAsync(scenario, server.Address, transport, encoding);
}
