namespace Duplex.Conformance.Tests.Rules;

public sealed class RuleListTests
{
    [Fact]
    public void Every_rule_that_binds_servers_is_proven_for_the_server() => AssertProven(client: false);

    [Fact]
    public void Every_rule_that_binds_clients_is_proven_for_the_client() => AssertProven(client: true);

    [Fact]
    public void Every_rule_that_a_test_names_is_documented()
    {
        var named = RuleList.ProvenFor(client: false).Concat(RuleList.ProvenFor(client: true));
        Assert.Equal("", string.Join(' ', named.Except(RuleList.Documented.Keys).Order()));
    }

    private static void AssertProven(bool client)
    {
        var bound = RuleList.Documented.Where(rule => rule.Value == "both" || rule.Value == (client ? "client" : "server")).Select(rule => rule.Key);
        Assert.Equal("", string.Join(' ', bound.Except(RuleList.ProvenFor(client)).Order()));
    }
}
