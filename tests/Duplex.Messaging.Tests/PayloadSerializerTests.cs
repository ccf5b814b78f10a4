using System.Text;

namespace Duplex.Messaging.Tests;

public sealed class PayloadSerializerTests
{
    private static readonly byte[] Raw = [0x00, 0x7b, 0xff];

    private readonly PayloadSerializer _payloads = new(new HubOptions().Json);

    /// <summary>The same three bytes in each type of bytes.</summary>
    public static TheoryData<object> Bytes =>
    [
        Raw,
        new ReadOnlyMemory<byte>([9, .. Raw, 9], 1, 3),
        new Memory<byte>([9, .. Raw, 9], 1, 3),
        new ArraySegment<byte>([9, .. Raw, 9], 1, 3),
    ];

    [Theory, MemberData(nameof(Bytes), DisableDiscoveryEnumeration = true)]
    public void Bytes_are_serialised_as_they_are_by_their_declared_type<T>(T bytes) =>
        Assert.Equal(Raw, _payloads.Serialize(bytes).ToArray());

    [Theory, MemberData(nameof(Bytes), DisableDiscoveryEnumeration = true)]
    public void Bytes_are_serialised_as_they_are_where_an_object_is_declared(object bytes)
    {
        Assert.Equal(Raw, _payloads.Serialize(bytes).ToArray());
        Assert.Equal(Raw, _payloads.SerializeObject(bytes).ToArray());
    }

    [Theory, MemberData(nameof(Bytes), DisableDiscoveryEnumeration = true)]
    public void Bytes_are_read_as_they_are<T>(T bytes)
    {
        Assert.IsType<T>(_payloads.Deserialize<T>(Raw));
        Assert.Equal(Raw, _payloads.Serialize(_payloads.Deserialize<T>(Raw)).ToArray());
        Assert.Equal(Raw, _payloads.Serialize(bytes).ToArray());
    }

    [Theory, MemberData(nameof(Bytes), DisableDiscoveryEnumeration = true)]
    public void Empty_payload_is_read_as_empty_bytes<T>(T bytes)
    {
        Assert.IsType<T>(bytes);
        Assert.True(_payloads.Serialize(Assert.IsType<T>(_payloads.Deserialize<T>(default))).IsEmpty);
    }

    [Theory]
    [InlineData(typeof(ReadOnlyMemory<byte>?))]
    [InlineData(typeof(Memory<byte>?))]
    [InlineData(typeof(ArraySegment<byte>?))]
    public void Optional_bytes_are_read_as_they_are_and_as_null_from_an_empty_payload(Type type)
    {
        Assert.Equal(Raw, _payloads.SerializeObject(_payloads.Deserialize(Raw, type)).ToArray());
        Assert.Null(_payloads.Deserialize(default, type));
    }

    [Fact]
    public void Bytes_that_can_be_written_to_are_a_copy_of_the_payload()
    {
        var payload = Raw.ToArray();

        _payloads.Deserialize<Memory<byte>>(payload).Span.Fill(1);
        _payloads.Deserialize<ArraySegment<byte>>(payload).AsSpan().Fill(1);
        _payloads.Deserialize<byte[]>(payload)!.AsSpan().Fill(1);

        Assert.Equal(Raw, payload);
    }

    [Fact]
    public void Empty_segment_without_an_array_is_an_empty_payload() => Assert.True(_payloads.Serialize(default(ArraySegment<byte>)).IsEmpty);

    [Fact]
    public void Bytes_inside_a_message_are_base64_as_JSON_has_no_bytes() =>
        Assert.Equal("[\"AHv/\"]", Encoding.UTF8.GetString(_payloads.Serialize<byte[][]>([Raw]).Span));
}
