using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Binding;

/// <summary>Selects the source of each parameter of one handler.</summary>
[RequiresUnreferencedCode(HandlerBinder.TrimWarning)]
[RequiresDynamicCode(HandlerBinder.TrimWarning)]
internal sealed class ParameterBinder(PayloadSerializer payloads, IServiceProviderIsService known, ChannelPattern? pattern)
{
    private readonly NullabilityInfoContext _nullability = new();
    private string? _payload;

    /// <exception cref="InvalidOperationException">The parameter has no source, or is the second one for the payload.</exception>
    public Func<HandlerContext, object?> Bind(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(HandlerContext)) return static context => context;
        if (type.IsAssignableFrom(typeof(ClientContext)) && type != typeof(object)) return static context => context.Client;
        if (type == typeof(CancellationToken)) return static context => context.CancellationToken;
        if (parameter.Name is { } name && pattern?.Names.Contains(name) == true) return BindValue(name, type);
        if (known.IsService(type)) return context => context.Services.GetRequiredService(type);
        return BindPayload(parameter, type);
    }

    private static Func<HandlerContext, object?> BindValue(string name, Type type)
    {
        if (type == typeof(string)) return context => context.Values[name];
        if (type == typeof(int)) return Parsed<int>(name);
        if (type == typeof(long)) return Parsed<long>(name);
        if (type == typeof(Guid)) return Parsed<Guid>(name);
        throw new InvalidOperationException($"'{name}' is a part of the channel's name: its type must be string, int, long or Guid, not {type.Name}.");
    }

    private static Func<HandlerContext, object?> Parsed<T>(string name)
        where T : IParsable<T> =>
        context => T.TryParse(context.Values[name], CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new ClientException(ClientErrors.BadRequest with { Message = $"bad request: {name} is not a {typeof(T).Name}" });

    private Func<HandlerContext, object?> BindPayload(ParameterInfo parameter, Type type)
    {
        if (_payload is not null)
        {
            throw new InvalidOperationException(
                $"Both '{_payload}' and '{parameter.Name}' would be read from the payload: register {type.Name} as a service, or remove one of them.");
        }

        _payload = parameter.Name;
        var isOptional = parameter.HasDefaultValue || Nullable.GetUnderlyingType(type) is not null
            || _nullability.Create(parameter).WriteState == NullabilityState.Nullable;
        return context => PayloadReader.Read(payloads, context.Data, type, isOptional);
    }
}
