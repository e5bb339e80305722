"""The door for writing prices."""

from kernel.command import Asked, Done
from kernel.log.door import Door
from ledger.pricing.commands import OpenTariff, SetRate
from ledger.pricing.tariff import Tariff, tariff_id


class Pricing(Door):
    """Prices of vehicles, from date to date."""

    def open_tariff(self, command: OpenTariff, asked: Asked) -> Done:
        """Give a vehicle its first price; refused when it has one with other receivers."""
        stream = tariff_id(command.vehicle_id)
        return self._history.start(Tariff, stream, command, asked, lambda tariff, _: tariff.open(command))

    def set_rate(self, command: SetRate, asked: Asked) -> Done:
        """Change a vehicle's price from an instant on, never before now; the same decision counts once."""
        stream = tariff_id(command.vehicle_id)
        return self._history.change(
            Tariff, stream, command, asked, lambda tariff, _: tariff.set_rate(command, at=asked.at)
        )
