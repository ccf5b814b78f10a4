using CsCheck;
using Duplex.Messaging.Filtering;

namespace Duplex.Messaging.Tests.Filtering;

public sealed class TagsFilterTests
{
    private static readonly Dictionary<string, string> Tags = new() { ["sport"] = "football", ["score"] = "10.50", ["empty"] = "" };

    [Theory]
    [InlineData("eq", "sport", "football", true)]
    [InlineData("eq", "sport", "Football", false)]
    [InlineData("eq", "missing", "x", false)]
    [InlineData("neq", "sport", "football", false)]
    [InlineData("neq", "sport", "tennis", true)]
    [InlineData("neq", "missing", "x", true)]
    [InlineData("sw", "sport", "foot", true)]
    [InlineData("sw", "sport", "ball", false)]
    [InlineData("sw", "missing", "x", false)]
    [InlineData("ew", "sport", "ball", true)]
    [InlineData("ew", "sport", "foot", false)]
    [InlineData("ct", "sport", "otba", true)]
    [InlineData("ct", "sport", "xyz", false)]
    [InlineData("gt", "score", "9", true)]
    [InlineData("gt", "score", "10.5", false)]
    [InlineData("gte", "score", "10.5", true)]
    [InlineData("lt", "score", "100", true)]
    [InlineData("lt", "score", "10.5", false)]
    [InlineData("lte", "score", "10.500", true)]
    [InlineData("gt", "missing", "-1", false)]
    [InlineData("lt", "sport", "5", false)]
    [InlineData("gte", "score", "many", false)]
    public void A_comparison_with_a_value_decides(string cmp, string key, string val, bool expected) =>
        Assert.Equal(expected, Filter(new FilterNode { Cmp = cmp, Key = key, Val = val }).Matches(Tags));

    [Theory]
    [InlineData("ex", "sport", true)]
    [InlineData("ex", "empty", true)]
    [InlineData("ex", "missing", false)]
    [InlineData("nex", "sport", false)]
    [InlineData("nex", "missing", true)]
    public void A_comparison_without_a_value_decides(string cmp, string key, bool expected) =>
        Assert.Equal(expected, Filter(new FilterNode { Cmp = cmp, Key = key }).Matches(Tags));

    [Fact]
    public void A_missing_tag_counts_as_empty_in_a_set()
    {
        Assert.True(Filter(In("sport", "tennis", "football")).Matches(Tags));
        Assert.False(Filter(In("missing", "tennis")).Matches(Tags));
        Assert.True(Filter(In("missing", "")).Matches(Tags));
        Assert.False(Filter(In("missing", "") with { Cmp = "nin" }).Matches(Tags));
        Assert.True(Filter(In("missing", "tennis") with { Cmp = "nin" }).Matches(null));
    }

    [Fact]
    public void Trees_are_evaluated()
    {
        var yes = new FilterNode { Cmp = "ex", Key = "sport" };
        var no = new FilterNode { Cmp = "nex", Key = "sport" };

        Assert.True(Filter(Node("and", yes, yes)).Matches(Tags));
        Assert.False(Filter(Node("and", yes, no)).Matches(Tags));
        Assert.True(Filter(Node("or", no, yes)).Matches(Tags));
        Assert.False(Filter(Node("or", no, no)).Matches(Tags));
        Assert.False(Filter(Node("not", yes)).Matches(Tags));
        Assert.True(Filter(Node("and", yes, Node("not", Node("or", no, no)))).Matches(Tags));
    }

    private static FilterNode[] Malformed =>
    [
        new FilterNode(),
        new FilterNode { Key = "k", Cmp = "like", Val = "v" },
        new FilterNode { Key = "", Cmp = "eq", Val = "v" },
        new FilterNode { Key = "k", Cmp = "eq" },
        new FilterNode { Key = "k", Cmp = "eq", Val = "v", Vals = ["v"] },
        new FilterNode { Key = "k", Cmp = "in" },
        new FilterNode { Key = "k", Cmp = "in", Val = "v", Vals = ["v"] },
        new FilterNode { Key = "k", Cmp = "ex", Val = "v" },
        new FilterNode { Op = "xor", Nodes = [new FilterNode { Key = "k", Cmp = "ex" }] },
        new FilterNode { Op = "and" },
        new FilterNode { Op = "or" },
        new FilterNode { Op = "not" },
        Node("not", new FilterNode { Key = "k", Cmp = "ex" }, new FilterNode { Key = "k", Cmp = "ex" }),
        Node("and", new FilterNode { Key = "k", Cmp = "ex" }, new FilterNode()),
    ];

    [Fact]
    public void A_malformed_filter_is_refused() => Assert.All(Malformed, node => Assert.False(TagsFilter.TryCreate(node, out _)));

    [Fact]
    public void A_filter_may_be_as_deep_as_the_limit_and_no_deeper()
    {
        var node = new FilterNode { Key = "k", Cmp = "ex" };
        for (var depth = 1; depth < TagsFilter.MaxDepth; depth++) node = Node("not", node);

        Filter(node);
        Assert.False(TagsFilter.TryCreate(Node("not", node), out _));
    }

    [Fact]
    public void A_filter_may_have_as_many_nodes_and_values_as_the_limits_and_no_more()
    {
        static FilterNode[] Leaves(int count) => [.. Enumerable.Repeat(new FilterNode { Key = "k", Cmp = "ex" }, count)];
        static string[] Values(int count) => [.. Enumerable.Range(0, count).Select(i => $"{i}")];

        Filter(Node("or", Leaves(TagsFilter.MaxNodes - 1)));
        Assert.False(TagsFilter.TryCreate(Node("or", Leaves(TagsFilter.MaxNodes)), out _));
        Filter(In("k", Values(TagsFilter.MaxValues)));
        Assert.False(TagsFilter.TryCreate(In("k", Values(TagsFilter.MaxValues + 1)), out _));
    }

    [Theory]
    [InlineData("99999999999999999999999999999999999999999", "99999999999999999999999999999999999999998")]
    [InlineData("0.00000000000000000000000000000000000000002", "0.00000000000000000000000000000000000000001")]
    [InlineData("-1", "-2")]
    [InlineData("1", "-2")]
    [InlineData("+10", "009.99")]
    [InlineData("1.10", "1.09")]
    public void Numbers_are_compared_exactly(string larger, string smaller)
    {
        Assert.True(Is(larger, "gt", smaller));
        Assert.True(Is(smaller, "lt", larger));
        Assert.False(Is(smaller, "gte", larger));
    }

    [Theory]
    [InlineData("0", "-0.00")]
    [InlineData("1.0", "+01")]
    public void Numbers_of_different_spelling_are_equal(string a, string b)
    {
        Assert.True(Is(a, "gte", b) && Is(a, "lte", b));
        Assert.False(Is(a, "gt", b) || Is(a, "lt", b));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1.2.3")]
    [InlineData("1e5")]
    [InlineData("0x10")]
    [InlineData("1 ")]
    [InlineData("٣")]
    [InlineData("NaN")]
    public void What_is_no_number_is_in_no_order(string text) => Assert.False(Is(text, "gte", "0") || Is(text, "lt", "0"));

    [Fact]
    public void Numbers_are_in_the_order_of_decimals() => Gen.Select(Gen.Decimal[-1000m, 1000m], Gen.Decimal[-1000m, 1000m])
        .Sample((a, b) => Is(Text(a), "lt", Text(b)) == a < b && Is(Text(a), "gte", Text(b)) == a >= b, iter: 2000);

    private static string Text(decimal value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static bool Is(string tag, string cmp, string val) =>
        Filter(new FilterNode { Key = "n", Cmp = cmp, Val = val }).Matches(new Dictionary<string, string> { ["n"] = tag });

    private static FilterNode In(string key, params string[] vals) => new() { Cmp = "in", Key = key, Vals = vals };

    private static FilterNode Node(string op, params FilterNode[] nodes) => new() { Op = op, Nodes = nodes };

    private static TagsFilter Filter(FilterNode node)
    {
        Assert.True(TagsFilter.TryCreate(node, out var filter));
        return filter;
    }
}
