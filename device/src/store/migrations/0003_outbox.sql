-- What waits, and what is under way, are few of many while a device is offline for days.
CREATE INDEX outbox_waiting ON outbox (due) WHERE hash IS NULL;
CREATE INDEX outbox_under_way ON outbox (push) WHERE push <> 0;
