using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Duplex.Server.Tests.Running;

/// <summary>A backend in whatever language: it answers each path as the test says, and keeps what it was asked.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _answers = new();
    private readonly ConcurrentQueue<(string Path, JsonElement Body, IReadOnlyDictionary<string, StringValues> Headers)> _asked = [];
    private readonly WebApplication _app;
    private TaskCompletionSource _next = NewSource();

    private Backend(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<Backend> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var backend = new Backend(builder.Build());
        backend._app.Run(backend.AnswerAsync);
        await backend._app.StartAsync();
        return backend;
    }

    /// <summary>Answers a path with this JSON from now on.</summary>
    public void Answer(string path, string json) => Answer(path, context => context.Response.WriteAsync(json));

    public void Answer(string path, Func<HttpContext, Task> answer) => _answers[path] = answer;

    /// <summary>The latest question, or the one at a place, without the client's id, and its header fields.</summary>
    public (string Body, IReadOnlyDictionary<string, StringValues> Headers) Asked(string path, int? at = null)
    {
        var questions = _asked.Where(one => one.Path == path);
        var (_, body, headers) = at is { } place ? questions.ElementAt(place) : questions.Last();
        if (body.TryGetProperty("client", out var client)) Assert.Matches("^[0-9a-f-]{36}$", client.GetString());
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            foreach (var member in body.EnumerateObject().Where(static member => member.Name != "client")) member.WriteTo(json);
            json.WriteEndObject();
        }

        return (Encoding.UTF8.GetString(text.ToArray()), headers);
    }

    /// <summary>Completes when the latest question of a path has this body.</summary>
    public async Task AskedAsync(string path, string body, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            if (Count(path) > 0 && Asked(path).Body == body) return;
            await next.WaitAsync(cancellationToken);
        }
    }

    public int Count(string path) => _asked.Count(one => one.Path == path);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var path = context.Request.Path.Value!;
        _asked.Enqueue((path, body.RootElement.Clone(), context.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase)));
        Interlocked.Exchange(ref _next, NewSource()).SetResult();
        await _answers[path](context);
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
