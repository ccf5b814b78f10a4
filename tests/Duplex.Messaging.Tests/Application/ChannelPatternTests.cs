using Duplex.Messaging.Application;

namespace Duplex.Messaging.Tests.Application;

public sealed class ChannelPatternTests
{
    [Theory]
    [InlineData("chat:{room}", "chat:lobby", "room", "lobby")]
    [InlineData("chat:{room}", "chat:a:b", "room", "a:b")]
    [InlineData("kline:{symbol}@{interval}", "kline:SOLUSDT@1m", "symbol", "SOLUSDT")]
    [InlineData("kline:{symbol}@{interval}", "kline:SOLUSDT@1m", "interval", "1m")]
    [InlineData("{any}", "chat:lobby", "any", "chat:lobby")]
    public void Pattern_gives_the_parts_it_names(string pattern, string channel, string name, string value)
    {
        Assert.True(ChannelPattern.Parse(pattern).TryMatch(channel, out var values));
        Assert.Equal(value, values[name]);
    }

    [Theory]
    [InlineData("chat:{room}", "chat:")]
    [InlineData("chat:{room}", "chats:a")]
    [InlineData("chat:lobby", "chat:lobby2")]
    [InlineData("kline:{symbol}@{interval}", "kline:@1m")]
    [InlineData("kline:{symbol}@{interval}", "kline:SOLUSDT@")]
    [InlineData("{room}:end", "a:end2")]
    public void Pattern_refuses_a_name_that_does_not_fit(string pattern, string channel) =>
        Assert.False(ChannelPattern.Parse(pattern).TryMatch(channel, out _));

    [Theory]
    [InlineData("{")]
    [InlineData("a}")]
    [InlineData("{}")]
    [InlineData("{a}{b}")]
    [InlineData("{a}:{a}")]
    public void Pattern_that_makes_no_sense_is_refused(string pattern) =>
        Assert.Throws<FormatException>(() => ChannelPattern.Parse(pattern));
}
