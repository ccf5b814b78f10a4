using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Operations;

/// <summary>The channels with subscribers that a pattern selects.</summary>
public sealed class ListedChannelsTests
{
    [Theory]
    [InlineData(null, "news:a", "news:ab", "news:b")]
    [InlineData("news:a", "news:a")]
    [InlineData("news:A")]
    [InlineData("news:none")]
    [InlineData("news")]
    [InlineData("")]
    [InlineData("news:a*", "news:a", "news:ab")]
    [InlineData("news:?", "news:a", "news:b")]
    [InlineData("news:\\a", "news:a")]
    public void Pattern_selects_the_channels_whose_whole_name_it_matches(string? pattern, params string[] expected)
    {
        using var hub = new TestHub();
        var client = hub.Connect();
        foreach (var name in (string[])["a", "ab", "b"]) client.Say("{\"id\":2,\"subscribe\":{\"channel\":\"news:" + name + "\"}}");

        var listed = hub.Server.Channels.List(pattern);

        Assert.Equal(expected, listed.Keys.Order(StringComparer.Ordinal));
        Assert.All(listed.Values, static subscribers => Assert.Equal(1, subscribers));
    }
}
