using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Tests.Hub;

public sealed class HandlerBindingTests
{
    [Theory]
    [InlineData("value", """{"n":1}""", "\"data\":{\"n\":2}")]
    [InlineData("task", """{"n":1}""", "\"data\":{\"n\":2}")]
    [InlineData("valuetask", """{"n":1}""", "\"data\":{\"n\":2}")]
    [InlineData("scoped", "{}", "\"data\":\"scoped\"")]
    [InlineData("nothing", "{}", "\"rpc\":{}")]
    [InlineData("boolean", "{}", "\"data\":true")]
    [InlineData("raw", "[1,2]", "\"data\":[1,2]")]
    [InlineData("returned-error", "{}", "\"error\":{\"code\":460")]
    [InlineData("value", "7", "\"error\":{\"code\":107")]
    [InlineData("value", "null", "\"error\":{\"code\":107")]
    public async Task Call_is_bound_to_its_payload_and_services_and_answers_what_it_returns(string method, string data, string answer)
    {
        await using var app = await HubApplication.StartAsync(
            static app =>
            {
                app.MapRpc("value", static (Number number) => new Number(number.N + 1));
                app.MapRpc("task", static async (Number number, CancellationToken cancellationToken) =>
                {
                    await Task.Yield();
                    cancellationToken.ThrowIfCancellationRequested();
                    return new Number(number.N + 1);
                });
                app.MapRpc("valuetask", static (Number number, ClientContext client) => ValueTask.FromResult(new Number(number.N + 1)));
                app.MapRpc("scoped", static (Scoped scoped) => scoped.Name);
                app.MapRpc("nothing", static () => { });
                app.MapRpc("boolean", static () => true);
                app.MapRpc("raw", static (ReadOnlyMemory<byte> bytes) => bytes);
                app.MapRpc("returned-error", static () => new ClientError(460, "no"));
            },
            static services => services.AddScoped<Scoped>());
        await using var client = await JsonPeer.ConnectAsync(app);

        var reply = await client.SayAsync("{\"id\":2,\"rpc\":{\"method\":\"" + method + "\",\"data\":" + data + "}}");

        Assert.Contains(answer, reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Channel_handlers_get_the_parts_of_the_name_and_may_replace_what_is_published()
    {
        await using var app = await HubApplication.StartAsync(static app => app.MapChannel("news:{topic}-{number}")
            .OnSubscribe(static (string topic, int number) => SubscribeDecision.Allow() with { Data = new { topic, number } })
            .OnPublish(static (Number message) => message.N > 0 ? PublishDecision.Allow(new Number(message.N * 10)) : throw new ClientException(455, "too small")));
        await using var client = await JsonPeer.ConnectAsync(app);

        Assert.Contains("\"data\":{\"topic\":\"sport\",\"number\":5}", await client.SayAsync("""{"id":2,"subscribe":{"channel":"news:sport-5"}}"""), StringComparison.Ordinal);
        Assert.Contains("\"code\":107", await client.SayAsync("""{"id":3,"subscribe":{"channel":"news:sport-five"}}"""), StringComparison.Ordinal);
        Assert.Contains("\"code\":455", await client.SayAsync("""{"id":4,"publish":{"channel":"news:sport-5","data":{"n":0}}}"""), StringComparison.Ordinal);
        var frames = await client.SayAsync("""{"id":5,"publish":{"channel":"news:sport-5","data":{"n":7}}}""") + await client.ReadAsync();
        Assert.Contains("\"pub\":{\"data\":{\"n\":70}", frames, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handler_that_cannot_be_bound_is_refused_while_the_application_is_built()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(static () =>
            HubApplication.StartAsync(static app => app.MapRpc("two", static (Number left, Scoped right) => left.N)));

        Assert.Contains("left", failure.Message, StringComparison.Ordinal);
    }

    private sealed record Number(int N);

    private sealed class Scoped
    {
        public string Name { get; } = "scoped";
    }
}
