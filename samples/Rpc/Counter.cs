using Duplex.Messaging;
using Duplex.Messaging.Errors;

namespace Rpc;

/// <summary>A counter that everybody may raise and everybody sees.</summary>
public sealed class Counter
{
    private int _value;

    public static void AddTo(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Counter>();
        builder.Services.AddDuplex(options => options.AllowAnonymous = true)
            .AddNamespace("counter", ns => ns.AllowSubscribe = ns.AllowSubscribeForAnonymous = true);
    }

    public static void MapTo(WebApplication app)
    {
        // Parameters are the request, or services; an exception of this type is the client's error, any other one is an internal error.
        var duplex = app.MapDuplex();
        duplex.MapRpc("counter.read", (Counter counter) => new Value(counter._value));
        duplex.MapRpc("counter.add", async (Add add, Counter counter, IHub hub) =>
        {
            if (add.Amount is < 1 or > 10) throw new ClientException(400, "The amount is a number from 1 to 10.");
            var value = new Value(Interlocked.Add(ref counter._value, add.Amount));
            await hub.PublishAsync("counter:all", value);
            return value;
        });
    }

    public sealed record Add(int Amount);

    public sealed record Value(int Total);
}
