using Duplex.Messaging.Application;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Tests.Application;

/// <summary>What is registered twice is an error while the application is built.</summary>
public sealed class HubRegistrationTests
{
    private static readonly Handler<object?> Nothing = static _ => default;

    [Fact]
    public async Task Second_method_of_a_name_is_an_error()
    {
        var exception = await FailAsync(static hub =>
        {
            hub.MapRpc("pay", Nothing);
            hub.MapRpc("pay", static () => 1);
        });

        Assert.Contains("'pay'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat:{room}", "chat:{name}")]
    [InlineData("{channel}", "{rest}")]
    [InlineData("kline:{symbol}@{interval}", "kline:{a}@{b}")]
    public async Task Two_patterns_that_fit_the_same_channels_are_an_error_that_names_both(string first, string second)
    {
        var exception = await FailAsync(hub =>
        {
            hub.MapChannel(first);
            hub.MapSharedPoll(second, static _ => default);
        });

        Assert.Contains($"'{first}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"'{second}'", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<InvalidOperationException> FailAsync(Action<DuplexEndpointConventionBuilder> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddDuplex();
        await using var app = builder.Build();
        return Assert.Throws<InvalidOperationException>(() => map(app.MapDuplex()));
    }
}
