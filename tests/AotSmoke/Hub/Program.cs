// The hub with typed handlers, as an application compiled ahead of time writes it. Prints its address.
using System.Text.Json;
using System.Text.Json.Serialization;
using Duplex.Messaging.Application;
using Duplex.Messaging.Errors;

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0").UseDuplexEventLoops();
builder.Logging.ClearProviders();
builder.Services.AddScoped<Greeter>();
builder.Services.AddDuplex()
    .AddJsonContext(HubJson.Default)
    .AddTokens(tokens => tokens.HmacSecretKey = "secret")
    .AddNamespace("room", ns => ns.Presence = true);

var app = builder.Build();
var hub = app.MapDuplex();
hub.OnConnect<Hello>(static (hello, context) =>
    new(ConnectDecision.Allow() with { User = hello?.Name ?? throw new ClientException(401, "Say who you are.") }));
hub.MapChannel("room:{name}")
    .OnSubscribe<Hello>(static (_, context) => new(SubscribeDecision.Allow() with
    {
        Data = new Greeting(context.Services.GetRequiredService<Greeter>().Greet(context.Client.User, context.Values["name"]!)),
    }))
    .OnPublish(static (Hello message, HandlerContext context) => ValueTask.FromResult(PublishDecision.Allow(new Greeting($"{context.Client.User}: {message.Name}"))));
hub.MapRpc("greet", static (Hello hello, HandlerContext context) => ValueTask.FromResult(new Greeting($"Hello, {hello.Name}")));
app.MapDuplexApi(api => api.Key = "key");
await app.StartAsync();
Console.WriteLine(app.Urls.First());
await app.WaitForShutdownAsync();

internal sealed record Hello(string Name);

internal sealed record Greeting(string Text);

internal sealed class Greeter
{
    private int _greeted;

    public string Greet(string user, string room) => $"{user} enters {room}, number {++_greeted} of this call";
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Hello))]
[JsonSerializable(typeof(Greeting))]
internal sealed partial class HubJson : JsonSerializerContext;
