using Duplex.Messaging.Errors;
using Duplex.Testing;
using Rpc;
using Xunit;

namespace HandlerTests;

/// <summary>The handlers of the sample Rpc, tested without a socket and without a clock.</summary>
public sealed class CounterTests
{
    [Fact]
    public async Task What_one_adds_everybody_sees()
    {
        await using var host = await DuplexTestHost.StartAsync(Counter.AddTo, Counter.MapTo);
        var ann = await host.ConnectAsync("ann");
        var bob = await host.ConnectAsync("bob");
        await bob.SubscribeAsync("counter:all");

        await ann.CallAsync("counter.add", new Counter.Add(5));

        Assert.Equal(new Counter.Value(5), await bob.NextPublicationAsync<Counter.Value>("counter:all"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public async Task Amount_that_is_out_of_range_is_refused(int amount)
    {
        await using var host = await DuplexTestHost.StartAsync(Counter.AddTo, Counter.MapTo);
        var ann = await host.ConnectAsync("ann");

        var refused = await Assert.ThrowsAsync<ClientException>(() => ann.CallAsync("counter.add", new Counter.Add(amount)));

        Assert.Equal(400u, refused.Error.Code);
    }
}
