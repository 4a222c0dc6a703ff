from kws_client.models.token import Token

SECRET = "made-up-refresh-token"


def test_what_comes_unknown_beside_a_secret_is_kept_out_of_the_repr_too():
    token = Token.from_dict({"access_token": "made-up-access-token", "refresh_token": SECRET})
    assert token.additional_properties == {"refresh_token": SECRET}
    assert SECRET not in repr(token)
    assert "made-up-access-token" not in repr(token)
