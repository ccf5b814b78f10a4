using System.Buffers;
using System.Text.Json;
using Showcase.Comets.Physics;

namespace Showcase.Comets.Rooms;

/// <summary>Writes snapshots, which are the same bytes for everybody.</summary>
internal static class Snapshot
{
    private const int Thrusting = 1, Shielded = 2, Destroyed = 4, Lost = 8, Parked = 16;

    /// <summary>Writes <c>{"t":tick,"s":[[id,x,y,vx,vy,heading,wait,flags,last]..],"b":[[id,ship,x,y,heading]..]}</c>.</summary>
    public static byte[] Of(Room room)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer, new() { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("t"u8, room.Tick);
            json.WriteStartArray("s"u8);
            foreach (var ship in room.Ships)
            {
                var flight = ship.Flight;
                Write(json, [ship.Id, flight.X, flight.Y, flight.Vx, flight.Vy, flight.Heading, flight.Wait, FlagsOf(ship, room.Tick), ship.Inputs.Last]);
            }

            json.WriteEndArray();
            json.WriteStartArray("b"u8);
            foreach (var shot in room.Shots) Write(json, [shot.Id, shot.Ship, shot.X, shot.Y, shot.Heading]);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static int FlagsOf(Ship ship, int tick) =>
        (ship.Held.HasFlag(Controls.Thrust) ? Thrusting : 0)
        | (ship.IsShielded(tick) ? Shielded : 0)
        | (ship.IsFlying ? 0 : Destroyed)
        | (ship.IsLost ? Lost : 0)
        | (ship.IsParked ? Parked : 0);

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<int> numbers)
    {
        json.WriteStartArray();
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
