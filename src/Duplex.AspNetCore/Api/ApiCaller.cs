using System.Text.Json;
using Duplex.AspNetCore.Json;
using Duplex.Execution;
using Duplex.Messaging;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.WebSockets.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Duplex.AspNetCore.Api;

/// <summary>Executes commands of the server API, individually or as a batch, and writes the replies.</summary>
internal sealed class ApiCaller(IHub hub, ILogger<ApiEndpoints> logger, TimeProvider time)
{
    private const string Batch = "batch";

    private static readonly ClientError BadBatch = ApiRefusal.Bad($"commands is not a list of at most {ApiBody.MaxCommands} commands");

    private readonly ApiMethods _methods = new(hub);
    private readonly LogLimiter _failures = new(time);

    /// <summary>Executes a command and writes its reply, a JSON object.</summary>
    public async Task<(ReadOnlyMemory<byte> Reply, ClientError? Error)> AnswerAsync(string method, JsonElement arguments, CancellationToken cancellationToken)
    {
        try
        {
            if (method == Batch) return await AnswerBatchAsync(arguments, cancellationToken).ConfigureAwait(false);
            var reply = await CallAsync(method, arguments, cancellationToken).ConfigureAwait(false);
            return (ApiReply.Render(json => reply.WriteTo(json, "result")), reply.Error);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The result cannot be written as JSON.
            LogFailure(exception, method);
            return (ApiReply.Render(ClientErrors.Internal), ClientErrors.Internal);
        }
    }

    private async Task<(ReadOnlyMemory<byte> Reply, ClientError? Error)> AnswerBatchAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        if (arguments.ValueKind != JsonValueKind.Object || !JsonText.TryFind(arguments, "commands", out var commands)
            || commands.ValueKind != JsonValueKind.Array || commands.GetArrayLength() > ApiBody.MaxCommands)
        {
            Refuse(Batch, BadBatch);
            return (ApiReply.Render(BadBatch), BadBatch);
        }

        List<ApiReply> replies = [];
        if (JsonText.TryFind(arguments, "parallel", out var parallel) && parallel.ValueKind == JsonValueKind.True)
        {
            replies.AddRange(await Task.WhenAll(commands.EnumerateArray().Select(command => CallAsync(command, cancellationToken))).ConfigureAwait(false));
        }
        else
        {
            foreach (var command in commands.EnumerateArray()) replies.Add(await CallAsync(command, cancellationToken).ConfigureAwait(false));
        }

        return (ApiReply.Render(json =>
        {
            json.WriteStartArray("replies");
            foreach (var reply in replies)
            {
                json.WriteStartObject();
                reply.WriteTo(json, reply.Method);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }), null);
    }

    // A command of a batch is an object with one member: its name is the method, its value the arguments.
    private Task<ApiReply> CallAsync(JsonElement command, CancellationToken cancellationToken)
    {
        if (command.ValueKind == JsonValueKind.Object)
        {
            foreach (var method in _methods.Names)
            {
                if (JsonText.TryFind(command, method, out var arguments)) return CallAsync(method, arguments, cancellationToken);
            }
        }

        var isCommand = command.ValueKind == JsonValueKind.Object && command.EnumerateObject().Any();
        return Task.FromResult(Refuse("", isCommand ? ClientErrors.MethodNotFound : ClientErrors.BadRequest));
    }

    private async Task<ApiReply> CallAsync(string method, JsonElement arguments, CancellationToken cancellationToken)
    {
        try
        {
            return new ApiReply(method, await _methods.CallAsync(method, arguments, cancellationToken).ConfigureAwait(false), null);
        }
        catch (ClientException exception)
        {
            return Refuse(method, exception.Error);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailure(exception, method);
            return new ApiReply(method, null, ClientErrors.Internal);
        }
    }

    private ApiReply Refuse(string method, ClientError error)
    {
        var reason = error.Explanation is { } explanation ? $"{error.Message}: {explanation.TrimEnd('.')}" : error.Message;
        logger.ApiRefused(method == Batch || _methods.Names.Contains(method) ? method : "", error.Code, LogText.Of(reason));
        return new ApiReply(method, null, error);
    }

    private void LogFailure(Exception exception, string method)
    {
        // Only methods of the hub throw, so the name is one of theirs.
        var level = _failures.TryTake(out var heldBack) ? LogLevel.Error : LogLevel.Debug;
        logger.ApiFailed(level, exception, method, heldBack);
    }
}
